'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type Explanation, type Fix, NO_ROLE } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { Button } from '../../ui/button.tsx';
import { AskButton } from '../access-requests/ask-button.tsx';
import { useMe } from '../identity/me.tsx';
import { type AccessDesk, useAccessDesk } from './access-desk.tsx';
import type { AccessAction } from './access-edit.rules.ts';
import { useAccessWords } from './access-words.ts';
import { useCapabilityWords } from './capability-words.ts';
import { explainAddress } from './explain-link.rules.ts';
import { useWhomToAsk } from './people-words.ts';

interface Props {
  explanation: Explanation;
  onDone?: () => void;
}

/** What would turn the verdict: a button where the reader could do it, whom to ask where not. */
export function ExplainFixes({ explanation, onDone }: Props) {
  const t = useTranslations('access.explain');
  const { user } = useMe();
  const { allowed, principal, resource, capability } = explanation;
  const fixes = explanation.fixes.filter(({ kind }) => kind !== 'request');
  const askable = !allowed && principal.id === user.id && explanation.fixes.some(({ kind }) => kind === 'request');
  if (fixes.length === 0 && !askable) return null;
  return (
    <section aria-label={t('fixes')}>
      <h3 className="mb-1.5 text-xs font-medium text-fg-2">{t('fixes')}</h3>
      <ul className="flex flex-col gap-1.5">
        {fixes.map((fix) => (
          <li key={`${fix.kind} ${fix.grantId ?? ''} ${fix.role ?? ''}`}>
            <OneFix fix={fix} explanation={explanation} {...(onDone ? { onDone } : {})} />
          </li>
        ))}
      </ul>
      {askable && (
        <div className="mt-3">
          <AskButton
            missing={{ target: resource.target, name: resource.name, capabilities: [capability] }}
            {...(onDone ? { onAsk: onDone } : {})}
          />
        </div>
      )}
    </section>
  );
}

function OneFix({ fix, explanation, onDone }: Props & { fix: Fix }) {
  const t = useTranslations('access.explain');
  const words = useAccessWords();
  const capabilityWords = useCapabilityWords();
  const desk = useAccessDesk();
  const people = useWhomToAsk();
  if (fix.kind === 'request') return null;
  const name = explanation.principal.name;
  const what = capabilityWords.name(explanation.capability);
  const text = t(`fix.${fix.kind}`, { name, what, role: fix.role === null ? '' : words.role(fix.role) });
  if (!fix.mine) return <p className="text-fg-2">{t('ask', { fix: text, people: people(fix.by) })}</p>;
  const action = desk && toAction(fix, explanation, desk);
  if (desk && action) {
    const stage = () => {
      desk.act(action);
      announce(t('staged'));
      onDone?.();
    };
    return <Button onClick={stage}>{text}</Button>;
  }
  const href = hrefOf(fix, explanation);
  if (href === null || (desk && href.includes('explain='))) return <p className="text-fg-2">{text}</p>;
  return (
    <Button asChild>
      <Link href={href} {...(onDone ? { onClick: onDone } : {})}>
        {text}
      </Link>
    </Button>
  );
}

/** The staged change that does it, where it is about the container of this tab. */
function toAction(fix: Fix, { capability, principal }: Explanation, { access, rows }: AccessDesk): AccessAction | null {
  if (fix.kind === 'remove_role_exception' && fix.role !== null)
    return { type: 'roleCells', role: fix.role, capabilities: [capability], setting: 'inherit' };
  const grant = access.grants.find(({ id }) => id === fix.grantId);
  const key = fix.kind === 'grant' ? principal.id : grant?.principal.id;
  const row = rows.find((each) => each.kind === 'holder' && each.key === key);
  const holder =
    row?.kind === 'holder'
      ? row
      : {
          principal: { kind: 'user' as const, id: principal.id },
          name: principal.name,
          start: { role: NO_ROLE, allow: [], deny: [], expiresAt: null },
        };
  if (fix.kind === 'grant') return { type: 'cells', holder, capabilities: [capability], setting: 'allow' };
  if (!grant) return null;
  if (fix.kind === 'remove_exception') return { type: 'cells', holder, capabilities: [capability], setting: 'inherit' };
  return fix.kind === 'revoke' ? { type: 'revoke', holder } : null;
}

function hrefOf({ kind }: Fix, { principal, resource, capability }: Explanation): string | null {
  switch (kind) {
    case 'set_up_second_factor':
      return '/account/two-factor';
    case 'enable_account':
      return `/people/${principal.id}`;
    case 'raise_platform_role':
      return `/people/${principal.id}/access`;
    default:
      return resource.target.kind === 'container' ? explainAddress(resource.target.id, principal.id, capability) : null;
  }
}
