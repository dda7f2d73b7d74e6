/**
 * Preloaded into a server (`node --import`), sets its clock back by the milliseconds that the file
 * `CLOCK_FILE` holds, read anew each time: screenshots need conversations of yesterday.
 */
import { readFileSync } from 'node:fs';

const file = process.env['CLOCK_FILE'];
const RealDate = globalThis.Date;

function behind() {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

if (file) {
  globalThis.Date = class Date extends RealDate {
    constructor(...args) {
      if (args.length === 0) super(Date.now());
      else super(...args);
    }

    static now() {
      return RealDate.now() - behind();
    }
  };
}
