'use client';

import { Copy, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Role } from '@bailiwick/contract';
import { Badge } from '../../ui/badge.tsx';
import { CardCell, CardRow } from '../../ui/card-table.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../ui/menu.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useCapabilityWords } from '../access/capability-words.ts';
import { countsOf, type OfferedCapability } from './role-editor.rules.ts';
import { roleAddress } from './role-form.rules.ts';
import { useRoleKept } from './role-kept.ts';
import type { RoleDialog } from './roles-page.tsx';

interface Props {
  role: Role;
  offered: readonly OfferedCapability[];
  mayChange: boolean;
  onAsk: (dialog: RoleDialog) => void;
}

export function RoleRow({ role, offered, mayChange, onAsk }: Props) {
  const t = useTranslations('roles');
  return (
    <CardRow data-id={role.id}>
      <CardCell place="lead" className="py-1.5">
        <span className="flex flex-wrap items-center gap-x-2">
          <Link
            href={roleAddress(role.name)}
            prefetch={false}
            translate="no"
            className="font-mono text-xs font-medium break-all hover:underline touch:leading-8"
          >
            {role.name}
          </Link>
          {role.builtIn && <Badge>{t('builtIn')}</Badge>}
        </span>
        {role.description !== '' && <p className="text-xs break-words text-fg-2">{role.description}</p>}
      </CardCell>
      <CardCell className="py-1.5 max-md:basis-full">
        <Counts role={role} offered={offered} />
      </CardCell>
      <CardCell label={t('column.people')} className="text-end tabular-nums">
        {role.people}
      </CardCell>
      <CardCell label={t('column.grants')} className="text-end tabular-nums">
        {role.grants}
      </CardCell>
      <CardCell label={t('column.updated')} className="whitespace-nowrap text-fg-3 md:@max-[60rem]:hidden">
        <TimeAgo at={role.updatedAt} />
      </CardCell>
      {mayChange && (
        <CardCell place="actions">
          <span className="flex justify-end">
            <RoleMenu role={role} onAsk={onAsk} />
          </span>
        </CardCell>
      )}
    </CardRow>
  );
}

function Counts({ role, offered }: Pick<Props, 'role' | 'offered'>) {
  const t = useTranslations('roles');
  const words = useCapabilityWords();
  const counts = countsOf(role, offered);
  if (counts.length === 0) return <span className="text-fg-3">{t('nothing')}</span>;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-fg-2">
      {counts.map(({ group, held, of }) => (
        <li key={group} className="whitespace-nowrap">
          {words.group(group)} <span className="text-fg-3 tabular-nums">{t('heldOf', { held, of })}</span>
        </li>
      ))}
    </ul>
  );
}

function RoleMenu({ role, onAsk }: Pick<Props, 'role' | 'onAsk'>) {
  const t = useTranslations('roles');
  const router = useRouter();
  const kept = useRoleKept()(role);
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton side="left" label={t('actionsFor', { name: role.name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent>
        <MenuItem reason={role.builtIn ? t('builtInStays') : null} onSelect={() => router.push(roleAddress(role.name))}>
          <Pencil aria-hidden />
          {t('action.change')}
        </MenuItem>
        <MenuItem onSelect={() => onAsk({ kind: 'add', from: role.name })}>
          <Copy aria-hidden />
          {t('action.copy')}
        </MenuItem>
        <MenuItem look="danger" reason={kept} onSelect={() => onAsk({ kind: 'delete', role })}>
          <Trash2 aria-hidden />
          {t('action.delete')}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
