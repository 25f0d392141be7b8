type Stated<Input> = {
  -readonly [Name in keyof Input as null extends Input[Name] ? never : Name]: Input[Name];
} & { -readonly [Name in keyof Input as null extends Input[Name] ? Name : never]?: NonNullable<Input[Name]> };

/** GraphQL hands on what a client left out as `null` or not at all; commands only know the second. */
export function stated<Input extends object>(input: Input): Stated<Input> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null)) as Stated<Input>;
}
