import type { ColumnOptions, ValueTransformer } from 'typeorm';

/** PostgreSQL hands bigint out as text; epoch milliseconds fit a number. */
const asNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};
const asJson: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: string | null) => (value === null ? null : (JSON.parse(value) as unknown)),
};

export const EPOCH_MS = { type: 'bigint', transformer: asNumber } satisfies ColumnOptions;
export const EPOCH_MS_OR_NULL: ColumnOptions = { type: 'bigint', transformer: asNumber, nullable: true };
export const JSON_TEXT: ColumnOptions = { type: 'text', transformer: asJson };
export const JSON_TEXT_OR_NULL: ColumnOptions = { type: 'text', transformer: asJson, nullable: true };
export const TEXT_OR_NULL: ColumnOptions = { type: 'varchar', nullable: true };
