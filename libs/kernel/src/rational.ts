const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * An exact fraction. Sums, splits and comparisons of figures are done in it, so that no verdict depends on rounding.
 *
 * Fractions are not reduced while computing: reducing costs more than the growth of the numbers does for a county's
 * schools, and `compare` and `toFixed` need no lowest terms.
 */
export class Rational {
  static readonly zero = new Rational(0n, 1n);
  static readonly one = new Rational(1n, 1n);

  private constructor(
    readonly numerator: bigint,
    /** Always positive. */
    readonly denominator: bigint,
  ) {}

  /** From a decimal such as `'1610.32'` or a safe integer. Throws a RangeError on anything else. */
  static of(value: string | number | bigint): Rational {
    if (typeof value === 'bigint') return new Rational(value, 1n);
    if (typeof value === 'number') {
      if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number; give decimals as text.`);
      return new Rational(BigInt(value), 1n);
    }
    const match = DECIMAL.exec(value);
    if (!match) throw new RangeError(`"${value}" is not a decimal number.`);
    const [, sign, whole, fraction = ''] = match;
    const digits = BigInt(`${whole}${fraction}`);
    return new Rational(sign === '-' ? -digits : digits, 10n ** BigInt(fraction.length));
  }

  static sum(values: Iterable<Rational>): Rational {
    let total = Rational.zero;
    for (const value of values) total = total.plus(value);
    return total;
  }

  plus(other: Rational): Rational {
    if (this.denominator === other.denominator) {
      return new Rational(this.numerator + other.numerator, this.denominator);
    }
    return new Rational(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  minus(other: Rational): Rational {
    return this.plus(new Rational(-other.numerator, other.denominator));
  }

  times(other: Rational): Rational {
    return new Rational(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** Throws a RangeError when `other` is zero: a ratio without a denominator is unknown, not zero. */
  dividedBy(other: Rational): Rational {
    if (other.numerator === 0n) throw new RangeError('Division by zero.');
    const sign = other.numerator < 0n ? -1n : 1n;
    return new Rational(this.numerator * other.denominator * sign, this.denominator * other.numerator * sign);
  }

  /** Negative, zero or positive, exactly. */
  compare(other: Rational): number {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  get isZero(): boolean {
    return this.numerator === 0n;
  }

  /** The least whole number that is not below this one. */
  ceil(): bigint {
    const quotient = this.numerator / this.denominator;
    return this.numerator > 0n && this.numerator % this.denominator !== 0n ? quotient + 1n : quotient;
  }

  /** The square root, cut off (not rounded) after `digits` decimals. Throws a RangeError below zero. */
  sqrt(digits: number): Rational {
    if (this.numerator < 0n) throw new RangeError('Square root of a negative number.');
    const scale = 10n ** BigInt(digits);
    return new Rational(integerSquareRoot((this.numerator * scale * scale) / this.denominator), scale);
  }

  /** Decimal text with exactly `digits` decimals, halves rounded away from zero. */
  toFixed(digits: number): string {
    const negative = this.numerator < 0n;
    const scaled = (negative ? -this.numerator : this.numerator) * 10n ** BigInt(digits);
    const rounded = (2n * scaled + this.denominator) / (2n * this.denominator);
    const text = rounded.toString().padStart(digits + 1, '0');
    const sign = negative && rounded !== 0n ? '-' : '';
    if (digits === 0) return sign + text;
    return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
  }

  /** As `toFixed`, without trailing zeros: the form in which figures are stored. */
  toDecimal(digits: number): string {
    const text = this.toFixed(digits);
    return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  }
}

function integerSquareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}
