import { CardSkeletons } from '../../../features/shell/page-skeletons.tsx';

export default function EnvironmentsLoading() {
  return <CardSkeletons />;
}
