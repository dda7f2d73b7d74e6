/** A text that agents write again and again (S3.24). */
export interface SavedReply {
  id: string;
  /** What is typed after `/`: letters, digits and hyphens. */
  shortcut: string;
  /** Markdown, with variables such as `{{contact.firstName}}`. */
  text: string;
  /** Null where every agent has it. */
  ownerId: string | null;
  version: number;
}

/** A whole email that agents send again and again (S3.25). */
export interface EmailTemplate {
  id: string;
  name: string;
  subject: string;
  /** Markdown, with variables. */
  body: string;
  version: number;
}

/** The variables that a text may hold. */
export const variables = [
  'contact.name',
  'contact.firstName',
  'contact.email',
  'contact.phone',
  'agent.name',
  'agent.firstName',
  'workspace.name',
] as const;

export type Variable = (typeof variables)[number];

export type VariableValues = Partial<Record<Variable, string | null>>;

/** A text with its variables filled; what has no value stays as it is and is named (S3.24). */
export function fillVariables(
  text: string,
  values: VariableValues,
): { text: string; missing: string[] } {
  const missing = new Set<string>();
  const filled = text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name as Variable] : null;
    if (value) return value;
    missing.add(name);
    return whole;
  });
  return { text: filled, missing: [...missing] };
}

/** The variables that were left in a text: it should not be sent with them. */
export function openVariables(text: string): string[] {
  return fillVariables(text, {}).missing;
}

/** The first word of a name; names of one word are their own first name. */
export function firstName(name: string | null): string | null {
  return name?.trim().split(/\s+/)[0] || null;
}
