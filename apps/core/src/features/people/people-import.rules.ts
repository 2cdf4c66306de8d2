import { CreateUser, type FieldIssue } from '@bailiwick/contract';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { invalid } from '../../kernel/errors.js';
import { toFieldIssues } from '../../kernel/field-issues.js';

const COLUMNS = ['username', 'displayName', 'email', 'platformRole', 'roleTag'] as const;
const MOST_ROWS = 2000;
const Lines = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }));

export interface ImportRow {
  /** In the file, the first is 1. */
  readonly line: number;
  readonly username: string;
  readonly wanted: CreateUser | null;
  readonly issues: FieldIssue[];
}

/** One wish for each line, or what is wrong with it. 400 where the whole is no table of people. */
export function readPeople(csv: string, tenant: string): ImportRow[] {
  const [head, ...lines] = toLines(csv);
  const columns = head?.record ?? [];
  const unknown = columns.find((column) => !isColumn(column));
  if (unknown !== undefined) throw broken(`There is no column ${unknown}; the columns are ${COLUMNS.join(', ')}.`);
  if (!columns.includes('username')) throw broken('The first line names the columns; username is needed.');
  if (lines.length > MOST_ROWS) throw broken(`At most ${MOST_ROWS} people at once.`);
  return markTwins(lines.map(({ record, line }) => toRow(columns, record, line, tenant)));
}

const isColumn = (name: string): boolean => COLUMNS.some((column) => column === name);

function toLines(csv: string): Array<{ record: string[]; line: number }> {
  try {
    const parsed: unknown = parse(csv, {
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
    });
    return Lines.parse(parsed).map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    throw broken(error instanceof Error ? error.message : String(error));
  }
}

function toRow(columns: readonly string[], record: readonly string[], line: number, tenant: string): ImportRow {
  const filled = columns
    .map((column, index) => [column, record[index] ?? ''] as const)
    .filter(([, value]) => value !== '');
  const values: Record<string, string> = Object.fromEntries(filled);
  const username = (values['username'] ?? '').toLowerCase();
  const parsed = CreateUser.safeParse({ displayName: username, ...values, username, tenant });
  const surplus = record.slice(columns.length).some((value) => value !== '');
  const issues = parsed.success ? [] : toFieldIssues(parsed.error);
  if (surplus) issues.push({ path: '', code: 'too_many_columns', message: 'There are more values than columns.' });
  return { line, username, wanted: parsed.success && !surplus ? parsed.data : null, issues };
}

/** The second of a name in one file is a mistake, not a person. */
function markTwins(rows: ImportRow[]): ImportRow[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    if (!seen.has(row.username)) {
      seen.add(row.username);
      return row;
    }
    const issue = { path: 'username', code: 'twice', message: `${row.username} stands in the file twice.` };
    return { ...row, wanted: null, issues: [...row.issues, issue] };
  });
}

const broken = (message: string) => invalid([{ path: 'csv', code: 'invalid_csv', message }]);
