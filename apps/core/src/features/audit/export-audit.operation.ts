import { AuditExport, ExportAudit, type AuditEvent, type AuditFilter } from '@bailiwick/contract';
import { defineOperation } from '../../foundation/operations/operation.js';
import { toIso } from '../../kernel/clock.js';
import { type AuditExportsDriver, EXPORT_KEPT_MS } from './audit-exports.driver.js';

interface Circumstances {
  readonly files: AuditExportsDriver;
  readonly walk: (filter: AuditFilter) => AsyncIterable<AuditEvent[]>;
  readonly now: () => number;
}

/** Writes what a filter finds to a file that is there for a day. */
export const exportAudit = ({ files, walk, now }: Circumstances) =>
  defineOperation({
    name: 'audit.export',
    capability: 'audit.export',
    input: ExportAudit,
    steps: ['write'],
    run: ({ format, filter }, { id, make, progress, signal }): Promise<AuditExport> =>
      make(
        'write',
        AuditExport,
        async () => {
          let rows = 0;
          let newest: number | undefined;
          async function* events(): AsyncGenerator<AuditEvent> {
            for await (const batch of walk(filter)) {
              newest ??= batch[0]?.seq;
              for (const event of batch) yield event;
              rows += batch.length;
              // Rows are counted without gaps, so the number of the last one tells how far it is.
              const left = batch.at(-1)?.seq ?? 0;
              progress(newest === undefined ? null : ((newest - left) / newest) * 100, { code: 'rows', params: { rows } }); // prettier-ignore
            }
          }
          const bytes = await files.write(id, format, events(), signal);
          return { format, rows, bytes, expiresAt: toIso(now() + EXPORT_KEPT_MS) };
        },
        { compensate: () => files.remove(id, format) },
      ),
  });
