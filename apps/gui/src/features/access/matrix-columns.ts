import type { Capability, CapabilityGroup } from '@bailiwick/contract';
import { COLUMNS } from './access-matrix.rules.ts';

/** A column as it is shown: a right, or a whole group in one. */
export type Column =
  | {
      readonly key: Capability;
      readonly group: CapabilityGroup;
      readonly capability: Capability;
      readonly starts: boolean;
    }
  | {
      readonly key: `group:${CapabilityGroup}`;
      readonly group: CapabilityGroup;
      readonly capability: null;
      readonly starts: true;
    };

export const toColumns = (open: ReadonlySet<CapabilityGroup>): Column[] =>
  COLUMNS.flatMap(({ group, capabilities }): Column[] =>
    open.has(group)
      ? capabilities.map((capability, index) => ({ key: capability, group, capability, starts: index === 0 }))
      : [{ key: `group:${group}`, group, capability: null, starts: true }],
  );

export const capabilitiesOf = (group: CapabilityGroup): readonly Capability[] =>
  COLUMNS.find((each) => each.group === group)?.capabilities ?? [];
