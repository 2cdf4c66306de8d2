import { CircleX, Info, TriangleAlert } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

const TONES = {
  info: { icon: Info, box: 'border-info-dot bg-info-subtle', mark: 'text-info' },
  warning: { icon: TriangleAlert, box: 'border-warning-dot bg-warning-subtle', mark: 'text-warning' },
  danger: { icon: CircleX, box: 'border-danger-dot bg-danger-subtle', mark: 'text-danger' },
};

export interface BannerProps extends Omit<ComponentProps<'div'>, 'title'> {
  tone?: keyof typeof TONES;
  title: ReactNode;
  actions?: ReactNode;
}

/** Something about the whole page: what is the case, since when, what to do. */
export function Banner({ tone = 'info', title, actions, className, children, ...rest }: BannerProps) {
  const { icon: Icon, box, mark } = TONES[tone];
  return (
    <div
      data-slot="banner"
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cn('flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border px-3 py-2 text-sm', box, className)}
      {...rest}
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', mark)} />
      <div className="min-w-0 grow basis-48">
        <p className="font-medium">{title}</p>
        {children !== undefined && <div className="text-fg-2">{children}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
