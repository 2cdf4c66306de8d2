import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OwnTokenList } from '@bailiwick/contract';
import { Failure } from '../../../../features/shell/failure.tsx';
import { TokensPage } from '../../../../features/tokens/tokens-page.tsx';
import { readCore } from '../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tokens'))('title') };
}

export default async function AccountTokensPage() {
  const tokens = await readCore('/me/tokens', OwnTokenList);
  if (!tokens.ok) return <Failure error={tokens.error} />;
  return <TokensPage initial={tokens.value} />;
}
