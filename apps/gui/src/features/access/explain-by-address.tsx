'use client';

import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { readExplain } from './explain-link.rules.ts';
import { ExplainDialog } from './why-button.tsx';

/** Opens what the address asks about, whoever follows the link; closing it takes the question out of the address. */
export function ExplainByAddress({ container }: { container: string }) {
  const query = useAddressQuery();
  const asked = readExplain(query.get('explain'));
  if (asked === null) return null;
  const close = () => {
    const rest = new URLSearchParams(query);
    rest.delete('explain');
    changeAddress(`${window.location.pathname}${rest.size > 0 ? `?${rest}` : ''}`);
  };
  return <ExplainDialog question={{ ...asked, resource: container }} onClose={close} />;
}
