import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FreePort, HostPort, type PresetPort } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { useErrorToast } from '../shell/error-toast.ts';
import { type DeployForm, portKey } from './deploy-form.rules.ts';

interface Wanted {
  port: Pick<PresetPort, 'containerPort' | 'protocol'>;
  ports: DeployForm['ports'];
  /** What it would be, left empty. */
  suggested: string | undefined;
  /** It is a form to be sent. */
  asked: boolean;
  onFound: (hostPort: string) => void;
}

/** The next free port that no other field of the form has; empty, which is any, where none is near. */
export function useAnotherPort({ port, ports, suggested, asked, onFound }: Wanted) {
  const t = useTranslations('deploy');
  const showError = useErrorToast();
  const key = portKey(port);
  const from = HostPort.safeParse(Number(ports[key]?.trim() || suggested)).data;
  const others = new Set(
    Object.entries(ports).flatMap(([other, typed]) =>
      other !== key && other.endsWith(`/${port.protocol}`) ? [Number(typed)] : [],
    ),
  );
  const asking = useMutation({
    mutationFn: async (start: number) => {
      let after = start;
      for (;;) {
        const query = new URLSearchParams({ protocol: port.protocol, after: String(after) });
        const { hostPort } = await api<FreePort>('GET', `/ports/free?${query}`);
        if (hostPort === null || !others.has(hostPort)) return hostPort;
        after = hostPort;
      }
    },
    onSuccess: (hostPort) => {
      onFound(hostPort === null ? '' : String(hostPort));
      if (hostPort !== null) announce(t('portFilledIn', { port: String(hostPort) }));
    },
    onError: showError,
  });
  return {
    possible: asked && from !== undefined,
    asking: asking.isPending,
    ask: () => from !== undefined && asking.mutate(from),
  };
}
