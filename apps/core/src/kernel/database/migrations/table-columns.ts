import type { TableColumnOptions } from 'typeorm';

/** Column types that exist on SQLite and on PostgreSQL; times are epoch milliseconds. */
export const text = (name: string): TableColumnOptions => ({ name, type: 'varchar' });
export const long = (name: string): TableColumnOptions => ({ name, type: 'text' });
export const count = (name: string): TableColumnOptions => ({ name, type: 'integer' });
export const moment = (name: string): TableColumnOptions => ({ name, type: 'bigint' });
export const flag = (name: string): TableColumnOptions => ({ name, type: 'boolean' });
export const id = (name = 'id'): TableColumnOptions => ({ name, type: 'varchar', isPrimary: true });
export const maybe = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });
