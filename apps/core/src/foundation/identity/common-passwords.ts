/** What the most used passwords are made of, longest first, so that no stem hides inside another. */
export const COMMON_PASSWORD_STEMS: readonly string[] = [
  'administrator bailiwick qwertyuiop asdfghjkl changethis passphrase superman football baseball basketball starwars',
  'whatever trustno princess sunshine iloveyou password passwort motdepasse contrasena computer internet liverpool',
  'jennifer michelle changeme letmein welcome freedom charlie michael monkey dragon master shadow secret access',
  'pokemon chelsea arsenal hannah jordan killer soccer hockey summer winter spring autumn google github docker',
  'server system manager default guest admin qwertz qwerty azerty azertyuiop zxcvbnm asdfgh zxcvbn login hello',
  'hunter ranger buster thomas robert daniel andrew joshua matthew george harley ginger cookie pepper cheese',
  'matrix batman mustang corvette mercedes ferrari porsche silver golden purple orange yellow panel owner root',
  'test user pass word love abcdef abcd abc qwe asd zxc',
]
  .join(' ')
  .split(' ')
  .sort((one, other) => other.length - one.length);
