import { NotFound } from '../../features/shell/failure.tsx';

export default function NotFoundPage() {
  return <NotFound />;
}
