import { Type, type Static, type TSchema } from 'typebox';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

/** A schema that is checked against its domain type at compile time. */
export const same =
  <D>() =>
  <T extends TSchema>(schema: T, ..._drift: Same<Static<T>, D> extends true ? [] : [never]): T =>
    schema;

export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const object = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

export const Id = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' });

/** Numbers past it are not exact, and no database holds them. */
export const maximum = Number.MAX_SAFE_INTEGER;
export const Count = Type.Integer({ minimum: 0, maximum });
export const Version = Type.Integer({
  minimum: 0,
  description: 'Rises with every change of the snapshot; drop a lower one.',
});
