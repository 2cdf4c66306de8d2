const CONFIDENTIAL = /PASS(?:WORD|WD|PHRASE)|SECRET|(?:^|_)(?:PASS|TOKEN|KEY|CREDENTIALS?)(?:_|$)/i;
/** A place where one is kept. */
const PLACE = /_FILE$|_PATH$/i;

/** Whether a variable is named like something to be kept in confidence. */
export const isNamedLikeSecret = (name: string): boolean => CONFIDENTIAL.test(name) && !PLACE.test(name);
