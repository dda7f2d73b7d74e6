import { isIPv6 } from 'node:net';
import { open, type CityResponse } from 'maxmind';
import { ConfigError } from './config.js';

/** Where an address is, as far as anybody can tell. */
export interface Place {
  /** ISO 3166 code, such as `SE`. */
  country: string | null;
  /** In English. */
  city: string | null;
}

/** Looks addresses up on this machine: none of them is told to anybody. */
export type FindPlace = (address: string) => Place;

export const nowhere: FindPlace = () => ({ country: null, city: null });

/** Throws a `ConfigError` where the file is not there or is no such database. */
export async function openPlaces(file: string | null): Promise<FindPlace> {
  if (file === null) return nowhere;
  const database = await open<CityResponse>(file).catch((cause: unknown) => {
    throw new ConfigError(
      'GEOIP_FILE is not usable as it is set. Give the path of a database in MaxMind’s format, such as /srv/city.mmdb.',
      { cause },
    );
  });
  return (address) => {
    try {
      const found = database.get(address);
      return { country: found?.country?.iso_code ?? null, city: found?.city?.names.en ?? null };
    } catch {
      // An address that is none, or a record that cannot be read.
      return nowhere(address);
    }
  };
}

/** An address as people write it: one of IPv4 that came in the dress of IPv6 without it. */
export function plainAddress(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (!isIPv6(bare)) return bare;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare;
}
