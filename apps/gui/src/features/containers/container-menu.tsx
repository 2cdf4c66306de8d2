'use client';

import { Copy, CopyPlus, Logs, RefreshCw, SquareTerminal } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { Capability, Container } from '@bailiwick/contract';
import { copyText } from '../../ui/clipboard.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Menu, MenuContent, MenuItem, MenuLine, MenuTrigger } from '../../ui/menu.tsx';
import { ExplainDialog } from '../access/why-button.tsx';
import { MakeAnew } from '../configurations/make-anew.tsx';
import { useMe } from '../identity/me.tsx';
import { PowerItem } from './power-buttons.tsx';
import { isShown, mayDuplicate, mayRemake, POWER_ACTIONS, type PowerAction, refusalToRemake } from './power.rules.ts';
import { useWhy } from './why-hook.ts';

const KEYS: Partial<Record<PowerAction, string>> = { start: 's', stop: 'Shift s', restart: 'r', delete: 'Delete' };

interface Props {
  container: Container;
  onAsk: (action: PowerAction, container: Container) => void;
  /** All of them, unless some have buttons of their own. */
  actions?: readonly PowerAction[];
  /** The button that opens it. */
  children: ReactNode;
}

/** Everything that can be done to one container, with the key and, where it cannot be done, the reason. */
export function ContainerMenu({ container, onAsk, actions = POWER_ACTIONS, children }: Props) {
  const t = useTranslations('containers.row');
  const router = useRouter();
  const { user, anywhere } = useMe();
  const [asked, setAsked] = useState<Capability | null>(null);
  const [remaking, setRemaking] = useState(false);
  const why = useWhy();
  const busy = refusalToRemake(container);
  const shown = actions.filter((action) => isShown(action, container) && isSensible(action, container));
  return (
    <>
      <Menu>
        <MenuTrigger asChild>{children}</MenuTrigger>
        <MenuContent>
          {shown.map((action) => {
            const keys = KEYS[action];
            return (
              <PowerItem
                key={action}
                action={action}
                container={container}
                onAsk={onAsk}
                onWhy={setAsked}
                {...(keys === undefined ? {} : { hint: <Kbd keys={keys} /> })}
              />
            );
          })}
          {mayRemake(container) && (
            <MenuItem reason={busy === null ? null : why(busy)} onSelect={() => setRemaking(true)}>
              <RefreshCw aria-hidden />
              {t('makeAnew')}
            </MenuItem>
          )}
          {mayDuplicate(container, anywhere) && (
            <MenuItem onSelect={() => router.push(`/deploy/duplicate/${container.id}`)}>
              <CopyPlus aria-hidden />
              {t('duplicate')}
            </MenuItem>
          )}
          {(shown.length > 0 || mayRemake(container)) && <MenuLine />}
          {container.rights.can.includes('containers.logs') && (
            <MenuItem hint={<Kbd keys="l" />} onSelect={() => router.push(`/containers/${container.id}/logs`)}>
              <Logs aria-hidden />
              {t('logs')}
            </MenuItem>
          )}
          {container.rights.can.includes('containers.shell') && container.state === 'running' && (
            <MenuItem onSelect={() => router.push(`/containers/${container.id}/shell`)}>
              <SquareTerminal aria-hidden />
              {t('shell')}
            </MenuItem>
          )}
          <MenuItem onSelect={() => void copyText(container.id)}>
            <Copy aria-hidden />
            {t('copyId')}
          </MenuItem>
        </MenuContent>
      </Menu>
      {remaking && <MakeAnew container={container} onClose={() => setRemaking(false)} />}
      {asked !== null && (
        <ExplainDialog
          question={{ principal: user.id, resource: container.id, capability: asked }}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** Of pause and resume only the one that fits is shown. */
function isSensible(action: PowerAction, { state }: Container): boolean {
  if (action === 'unpause') return state === 'paused';
  return action !== 'pause' || state !== 'paused';
}
