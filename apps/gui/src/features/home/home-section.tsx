import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  count?: number;
  /** Beside the title: where there is more. */
  more?: ReactNode;
  children: ReactNode;
}

/** One part of a home page under its heading. */
export function HomeSection({ title, count, more, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className="mb-3 flex items-baseline gap-2">
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        {count !== undefined && count > 0 && <span className="text-fg-3 tabular-nums">{count}</span>}
        {more !== undefined && <span className="ms-auto">{more}</span>}
      </div>
      {children}
    </section>
  );
}
