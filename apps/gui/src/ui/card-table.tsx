import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';
import { HeaderCell } from './table.tsx';

export interface CardTableProps extends Omit<ComponentProps<'table'>, 'title'> {
  caption: string;
  /** The heading cells. */
  head: ReactNode;
  bodyRef?: ComponentProps<'tbody'>['ref'];
}

/** A table that is a list of cards on a small screen; the roles keep it a table for screen readers there. */
export function CardTable({ caption, head, bodyRef, className, children, ...rest }: CardTableProps) {
  return (
    <div data-slot="table-box" className="@container rounded-lg border border-line bg-surface-1">
      <table
        role="table"
        data-slot="card-table"
        className={cn('w-full border-separate border-spacing-0 text-start max-md:block', className)}
        {...rest}
      >
        <caption className="sr-only">{caption}</caption>
        <thead
          role="rowgroup"
          className="text-xs text-fg-2 max-md:sr-only [&_th]:sticky [&_th]:top-12 [&_th]:z-10 [&_th]:bg-surface-2 [&_th:first-child]:rounded-ss-lg [&_th:last-child]:rounded-se-lg"
        >
          <tr role="row" aria-rowindex={rest['aria-rowcount'] === undefined ? undefined : 1}>
            {head}
          </tr>
        </thead>
        <tbody ref={bodyRef} role="rowgroup" className="max-md:block">
          {children}
        </tbody>
      </table>
    </div>
  );
}

export const CardHead = (props: ComponentProps<typeof HeaderCell>) => <HeaderCell role="columnheader" {...props} />;

/** The heading over the buttons of each row: for screen readers only. */
export const ActionsHead = ({ label, className }: { label: string; className?: string }) => (
  <th role="columnheader" scope="col" className={cn('w-14', className)}>
    <span className="sr-only">{label}</span>
  </th>
);

export function CardRow({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      role="row"
      data-slot="card-row"
      className={cn(
        'h-row hover:bg-surface-2',
        'max-md:flex max-md:h-auto max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1 max-md:border-t max-md:border-line max-md:px-3 max-md:py-2 max-md:first:border-t-0',
        className,
      )}
      {...rest}
    />
  );
}

const PLACES = {
  /** What the row is: its heading, and the first line of the card. */
  lead: 'max-md:min-w-0 max-md:grow max-md:basis-[calc(100%-4rem)]',
  rest: 'max-md:order-2',
  /** Buttons: at the end of the row, at the upper corner of the card. */
  actions: 'ps-0 max-md:order-1 max-md:-my-2 max-md:-me-2 max-md:self-start',
};

export interface CardCellProps extends ComponentProps<'td'> {
  place?: keyof typeof PLACES;
  /** Said on the card, where no heading stands above the value. */
  label?: string;
}

export function CardCell({ place = 'rest', label, className, children, ...rest }: CardCellProps) {
  return (
    <td
      role={place === 'lead' ? 'rowheader' : 'cell'}
      data-slot="card-cell"
      className={cn('border-t border-line px-3 align-middle max-md:border-0 max-md:px-0', PLACES[place], className)}
      {...rest}
    >
      {label !== undefined && (
        <span aria-hidden className="me-1 text-fg-3 md:hidden">
          {label}
        </span>
      )}
      {children}
    </td>
  );
}
