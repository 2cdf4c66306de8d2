'use client';

import {
  ArrowLeft,
  ArrowRight,
  ChevronsDownUp,
  ChevronsLeftRight,
  ChevronsRightLeft,
  ChevronsUpDown,
  GripVertical,
  Trash2,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Widget } from '@bailiwick/contract';
import { cn } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { spanOf } from './widget-grid.tsx';
import { type Sight, WidgetView } from './widget-view.tsx';

interface Props {
  widget: Widget;
  title: string;
  sight: Sight;
  isFirst: boolean;
  isLast: boolean;
  isDragged: boolean;
  onMove: (by: -1 | 1) => void;
  onResize: (by: { width?: number; height?: number }) => void;
  onRemove: () => void;
  onDrag: (on: boolean) => void;
  /** Something that is dragged is let go over this one. */
  onDrop: () => void;
}

const WIDEST = 4;
const HIGHEST = 3;

/** One widget while its owner puts the dashboard together. */
export function EditedWidget(props: Props) {
  const { widget, title, sight, isFirst, isLast, isDragged, onMove, onResize, onRemove, onDrag, onDrop } = props;
  const t = useTranslations('dashboards.widget');
  const { width, height } = widget;
  return (
    <li
      data-widget={widget.kind}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        onDrop();
      }}
      className={cn(
        spanOf(widget),
        'flex flex-col rounded-lg outline-2 outline-offset-2 outline-line outline-dashed',
        isDragged && 'opacity-55',
      )}
    >
      <div
        role="toolbar"
        aria-label={t('tools', { title })}
        className="flex flex-wrap items-center gap-0.5 px-1 py-0.5"
      >
        <span
          draggable
          title={t('drag')}
          data-slot="grip"
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            // Firefox drags only what carries something.
            event.dataTransfer.setData('text/plain', title);
            onDrag(true);
          }}
          onDragEnd={() => onDrag(false)}
          className="cursor-grab p-1 text-fg-3 touch:hidden"
        >
          <GripVertical aria-hidden className="size-4" />
        </span>
        <IconButton label={t('earlier')} disabled={isFirst} onClick={() => onMove(-1)}>
          <ArrowLeft aria-hidden className="rtl:rotate-180" />
        </IconButton>
        <IconButton label={t('later')} disabled={isLast} onClick={() => onMove(1)}>
          <ArrowRight aria-hidden className="rtl:rotate-180" />
        </IconButton>
        <IconButton label={t('narrower')} disabled={width === 1} onClick={() => onResize({ width: -1 })}>
          <ChevronsRightLeft aria-hidden />
        </IconButton>
        <IconButton label={t('wider')} disabled={width === WIDEST} onClick={() => onResize({ width: 1 })}>
          <ChevronsLeftRight aria-hidden />
        </IconButton>
        <IconButton label={t('lower')} disabled={height === 1} onClick={() => onResize({ height: -1 })}>
          <ChevronsDownUp aria-hidden />
        </IconButton>
        <IconButton label={t('higher')} disabled={height === HIGHEST} onClick={() => onResize({ height: 1 })}>
          <ChevronsUpDown aria-hidden />
        </IconButton>
        <IconButton label={t('remove')} className="ms-auto" onClick={onRemove}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      <div className="min-h-0 grow">
        <WidgetView widget={widget} sight={sight} />
      </div>
    </li>
  );
}
