import { notFound } from 'next/navigation';

/** An address that is no page of ours, shown inside the panel's frame. */
export default function MissingPage(): never {
  notFound();
}
