import { cva, type VariantProps } from 'class-variance-authority';
import {
  CircleArrowUp,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleOff,
  CirclePause,
  CircleX,
  LoaderCircle,
  type LucideIcon,
  Square,
  TriangleAlert,
} from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

const badgeStyle = cva('inline-flex items-center gap-1.5 whitespace-nowrap', {
  variants: {
    tone: {
      success: 'text-success',
      warning: 'text-warning',
      danger: 'text-danger',
      info: 'text-info',
      progress: 'text-progress',
      neutral: 'text-neutral',
    },
    look: { text: 'text-sm', pill: 'rounded-full px-2 py-0.5 text-xs font-medium' },
  },
  compoundVariants: [
    { look: 'pill', tone: 'success', className: 'bg-success-subtle' },
    { look: 'pill', tone: 'warning', className: 'bg-warning-subtle' },
    { look: 'pill', tone: 'danger', className: 'bg-danger-subtle' },
    { look: 'pill', tone: 'info', className: 'bg-info-subtle' },
    { look: 'pill', tone: 'progress', className: 'bg-progress-subtle' },
    { look: 'pill', tone: 'neutral', className: 'bg-neutral-subtle' },
  ],
  defaultVariants: { tone: 'neutral', look: 'text' },
});

export type Tone = NonNullable<VariantProps<typeof badgeStyle>['tone']>;

export function Badge({
  tone,
  look = 'pill',
  className,
  ...rest
}: ComponentProps<'span'> & VariantProps<typeof badgeStyle>) {
  return <span data-slot="badge" className={cn(badgeStyle({ tone, look }), className)} {...rest} />;
}

/** A state is always a shape, a word and a colour: none of them alone. */
export type StatusIcon =
  'good' | 'busy' | 'warning' | 'bad' | 'stopped' | 'created' | 'paused' | 'off' | 'unknown' | 'info';

const ICONS: Record<StatusIcon, { icon: LucideIcon; tone: Tone }> = {
  good: { icon: CircleCheck, tone: 'success' },
  busy: { icon: LoaderCircle, tone: 'progress' },
  warning: { icon: TriangleAlert, tone: 'warning' },
  bad: { icon: CircleX, tone: 'danger' },
  stopped: { icon: Square, tone: 'neutral' },
  created: { icon: CircleDashed, tone: 'neutral' },
  off: { icon: CircleOff, tone: 'neutral' },
  paused: { icon: CirclePause, tone: 'neutral' },
  unknown: { icon: CircleHelp, tone: 'neutral' },
  info: { icon: CircleArrowUp, tone: 'info' },
};

export interface StatusBadgeProps extends Omit<ComponentProps<'span'>, 'children'> {
  icon: StatusIcon;
  look?: 'text' | 'pill';
  children: ReactNode;
}

export function StatusBadge({ icon, look = 'text', className, children, ...rest }: StatusBadgeProps) {
  const { icon: Icon, tone } = ICONS[icon];
  return (
    <Badge tone={tone} look={look} className={cn(icon === 'unknown' && 'italic', className)} {...rest}>
      <Icon aria-hidden className={cn('size-3.5 shrink-0', icon === 'busy' && 'animate-spin')} />
      <span>{children}</span>
    </Badge>
  );
}
