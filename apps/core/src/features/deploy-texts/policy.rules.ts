import { COMPAT_CAPABILITIES } from '../../foundation/environments/docker-spec.rules.js';

/** Whether it asks for exactly what is done anyway. */
export function isOurPolicy(key: string, value: string): boolean {
  switch (key) {
    case 'cap-drop':
      return value.toUpperCase() === 'ALL';
    case 'cap-add':
      return COMPAT_CAPABILITIES.includes(value.toUpperCase().replace(/^CAP_/, ''));
    case 'security-opt':
      return /^no-new-privileges(?:[:=]true)?$/.test(value);
    default:
      return false;
  }
}
