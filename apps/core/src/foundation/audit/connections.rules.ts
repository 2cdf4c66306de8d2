/** An address somebody came from, and when last. */
export interface Sighting {
  readonly address: string;
  readonly at: number;
}

/** `first`: nothing is known of this person yet, so nothing can be odd. */
export type Classification = 'first' | 'known' | 'new';

export interface ConnectionVerdict {
  readonly classification: Classification;
  /** The other address they came from moments ago, where that is so. */
  readonly rapidlyAfter: Sighting | null;
}

/** Two addresses of one person within this time are worth a row. */
export const RAPID_MS = 5 * 60_000;

export function judgeConnection(address: string, before: readonly Sighting[], now: number): ConnectionVerdict {
  const known = before.some((sighting) => sighting.address === address);
  const other = before
    .filter((sighting) => sighting.address !== address)
    .reduce<Sighting | null>((latest, sighting) => (latest && latest.at >= sighting.at ? latest : sighting), null);
  return {
    classification: before.length === 0 ? 'first' : known ? 'known' : 'new',
    rapidlyAfter: other && now - other.at < RAPID_MS ? other : null,
  };
}
