import { useRouter } from 'next/navigation';
import { requestAddress } from './request.rules.ts';

/** Goes to the page of a request. */
export function useOpenRequest(): (id: string) => void {
  const router = useRouter();
  return (id) => router.push(requestAddress(id));
}
