import { refusalErrors } from '../protocol/index.js';
import type { Localizer } from './localizer.js';

/** What a refusal says: as a locale or English has it, else as it came. */
export function refusalText(
  localizer: Pick<Localizer, 'find'>,
  { code, message }: { code: string; message: string },
): string {
  const say = (known: string): unknown =>
    localizer.find(`error.${known}`) ?? (refusalErrors as Record<string, string>)[known];
  return String(say(code) ?? (message === code || !message ? say('internal') : message));
}
