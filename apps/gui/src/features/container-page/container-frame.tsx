'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Container, Environment } from '@bailiwick/contract';
import { useLiveItem, useLiveItems, useLiveList } from '../../lib/live-hooks.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { copyText } from '../../ui/clipboard.ts';
import { type LinkTab, LinkTabs } from '../../ui/link-tabs.tsx';
import { toast } from '../../ui/toast.tsx';
import { lastListAddress } from '../container-list/last-list.ts';
import { WhyButton } from '../access/why-button.tsx';
import { EngineBanners } from '../containers/engine-banners.tsx';
import { judge, type PowerAction } from '../containers/power.rules.ts';
import { usePower } from '../containers/use-power.tsx';
import { ContainerHeader } from './container-header.tsx';
import { tabsFor } from './container-tabs.rules.ts';

interface Props {
  initial: Container;
  environments: readonly Environment[];
  children: ReactNode;
}

/** What stays while one goes from tab to tab: who it is, how it is, what can be done. */
export function ContainerFrame({ initial, environments: initialEnvironments, children }: Props) {
  const t = useTranslations('containers.page');
  const list = useLiveList('containers', [initial]);
  const container = useLiveItem(list, initial.id, initial) ?? initial;
  const environments = useLiveItems(useLiveList('environments', initialEnvironments), initialEnvironments);
  const environment = environments.find(({ id }) => id === container.environmentId);
  const power = usePower(list);
  const tabs = useTabs(container);
  useFreshPage(container, list.since !== null && list.get(initial.id) === undefined);
  useDetailKeys(container, tabs, power.ask);
  return (
    <>
      <ContainerHeader container={container} list={list} environment={environment} onAsk={power.ask} />
      <EngineBanners environments={environment ? [environment] : []} />
      <LinkTabs label={t('tabs', { name: container.name })} tabs={tabs} className="mb-4" />
      {children}
      {power.dialog}
    </>
  );
}

function useTabs({ id, rights }: Container): LinkTab[] {
  const t = useTranslations('containers.page');
  const pathname = usePathname();
  return tabsFor(id, rights).map(({ key, href, missing }) => ({
    label: t(key),
    href,
    current: pathname === href,
    ...(missing === null ? {} : { refused: <WhyButton resource={id} capability={missing} /> }),
  }));
}

/** What the server rendered below is asked for anew when the container has changed, or is gone. */
function useFreshPage(container: Container, gone: boolean): void {
  const router = useRouter();
  const state = [container.name, container.state, container.status, container.since, gone].join('\n');
  const rendered = useRef(state);
  useEffect(() => {
    if (rendered.current === state) return;
    rendered.current = state;
    router.refresh();
  }, [state, router]);
}

function useDetailKeys(
  container: Container,
  tabs: readonly LinkTab[],
  ask: (action: PowerAction, container: Container) => void,
): void {
  const t = useTranslations('containers');
  const router = useRouter();
  const power = (action: PowerAction) => () => {
    if (judge(action, container).able) ask(action, container);
  };
  const copyLink = () => void copyText(window.location.href).then((done) => done && toast(t('page.linkCopied')));
  useShortcuts([
    ...tabs
      .filter(({ refused }) => refused === undefined)
      .map(({ label, href }, index) => ({
        keys: String(index + 1),
        label: t('keys.tab', { name: label }),
        group: 'detail' as const,
        run: () => router.push(href),
      })),
    { keys: 'u', label: t('keys.up'), group: 'detail', run: () => router.push(lastListAddress()) },
    { keys: 'y', label: t('keys.copyLink'), group: 'detail', run: copyLink },
    { keys: 's', label: t('keys.start'), group: 'detail', run: power('start') },
    { keys: 'Shift s', label: t('keys.stop'), group: 'detail', run: power('stop') },
    { keys: 'r', label: t('keys.restart'), group: 'detail', run: power('restart') },
    { keys: 'Delete', label: t('keys.delete'), group: 'detail', run: power('delete') },
  ]);
}
