import type { TSchema } from 'typebox';
import { Check, Errors } from 'typebox/value';

/** The keywords that lead on, as JSON Schema has them. */
interface Schema {
  anyOf?: TSchema[];
  enum?: unknown[];
  const?: unknown;
  items?: TSchema;
  properties?: Record<string, TSchema>;
  patternProperties?: Record<string, TSchema>;
  required?: string[];
  additionalProperties?: unknown;
}

/**
 * The first place where a value does not fit, and why, such as `[0].action.type must be one of
 * "message", "open"`; begins with a space where it is the value itself. Null where it fits.
 */
export function firstFault(schema: TSchema, value: unknown, path = ''): string | null {
  const fits: boolean = Check(schema, value);
  if (fits) return null;
  const { anyOf, items, properties, patternProperties } = schema as Schema;
  if (anyOf) return unionFault(anyOf, value, path);
  if (Array.isArray(value) && items) {
    for (const [at, item] of value.entries()) {
      const fault = firstFault(items, item, `${path}[${at}]`);
      if (fault) return fault;
    }
  } else if (isObject(value) && (properties || patternProperties)) {
    const fault = memberFault(schema, value, path);
    if (fault) return fault;
  }
  return `${path} ${reason(schema, value)}`;
}

/** That of the branch whose `type` the value has; for what may be null, that of the other branch. */
function unionFault(branches: TSchema[], value: unknown, path: string): string {
  const type = isObject(value) ? value['type'] : undefined;
  const tagged = branches.flatMap((branch) => {
    const tag = (branch as Schema).properties?.['type'] as (TSchema & Schema) | undefined;
    return tag ? [{ branch, tag }] : [];
  });
  if (tagged.length > 1 && isObject(value)) {
    const own = tagged.find(({ tag }) => Check(tag, type));
    const known = tagged.flatMap(({ tag }) => tag.enum ?? [tag.const]);
    if (!own) return `${path}.type must be one of ${words(known)}`;
    return firstFault(own.branch, value, path) ?? `${path} does not fit`;
  }
  const branch = branches.find((one) => (one as { type?: string }).type !== 'null');
  return (branch && firstFault(branch, value, path)) ?? `${path} does not fit`;
}

function memberFault(schema: Schema, value: Record<string, unknown>, path: string): string | null {
  const { properties = {}, patternProperties = {}, required = [] } = schema;
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return `${path}.${missing} is missing`;
  for (const [name, member] of Object.entries(value)) {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const pattern = Object.keys(patternProperties).find((one) => new RegExp(one).test(name));
    const found = own ?? (pattern === undefined ? undefined : patternProperties[pattern]);
    if (!found && schema.additionalProperties === false) {
      const known = Object.keys(properties);
      const hint = known.length > 0 ? `; known are ${known.join(', ')}` : '';
      return `${path}.${name} is not known${hint}`;
    }
    const fault = found ? firstFault(found, member, `${path}.${name}`) : null;
    if (fault) return fault;
  }
  return null;
}

function reason(schema: TSchema, value: unknown): string {
  const { enum: known } = schema as Schema;
  if (known) return `must be one of ${words(known)}`;
  return Errors(schema, value)[0]?.message ?? 'does not fit';
}

function words(values: unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
