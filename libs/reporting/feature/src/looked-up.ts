/**
 * A command with what was looked up for it. The context cannot be enumerated: the store compares a command that comes
 * again with the first one, and neither the clock nor last year's figures are what the caller asked for.
 */
export function withContext<Wish extends object, Context extends object>(
  wish: Wish,
  context: Context,
): Wish & { readonly context: Context } {
  return Object.defineProperty({ ...wish } as Wish & { readonly context: Context }, 'context', { value: context });
}
