import { useTranslations } from 'next-intl';
import type { AuditEvent } from '@bailiwick/contract';
import { HeaderCell, Table, TableCell, TableHead, TableRow } from '../../ui/table.tsx';
import { useCapabilityList } from '../access/capability-words.ts';
import { readDetails } from './audit-event.rules.ts';

/** What was before and what is after, field by field, and what else was written down. */
export function EventDetails({ event }: { event: AuditEvent }) {
  const t = useTranslations('audit.event');
  const toNames = useCapabilityList();
  const { changes, others } = readDetails(event);
  return (
    <div className="flex flex-col gap-4" data-slot="event-details">
      {changes.length > 0 && (
        <Table>
          <caption className="sr-only">{t('changes')}</caption>
          <TableHead>
            <tr>
              <HeaderCell>{t('field')}</HeaderCell>
              <HeaderCell>{t('before')}</HeaderCell>
              <HeaderCell>{t('after')}</HeaderCell>
            </tr>
          </TableHead>
          <tbody>
            {changes.map(({ field, from, to }) => (
              <TableRow key={field}>
                <TableCell translate="no" className="font-medium">
                  {field}
                </TableCell>
                <TableCell translate="no" className="bg-danger-subtle break-words">
                  <Value text={from} />
                </TableCell>
                <TableCell translate="no" className="bg-success-subtle break-words">
                  <Value text={to} />
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
      {others.length > 0 && (
        <dl className="grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5">
          {others.map(({ name, value, capabilities }) => (
            <div key={name} className="contents">
              <dt translate="no" className="text-fg-3">
                {name}
              </dt>
              {capabilities === undefined ? (
                <dd translate="no" className="min-w-0 break-words">
                  <Value text={value} />
                </dd>
              ) : (
                <dd title={value} className="min-w-0 break-words">
                  {toNames(capabilities)}
                </dd>
              )}
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function Value({ text }: { text: string }) {
  const t = useTranslations('audit.event');
  return text === '' ? <span className="text-fg-3 italic">{t('nothing')}</span> : text;
}
