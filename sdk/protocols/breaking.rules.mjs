// What somebody who speaks the protocols of before would stumble over in those of now. What is new breaks nothing.

/** Files as descriptors.mjs has them -> one sentence for each break. */
export function breaksOf(before, after) {
  const then = contentsOf(before);
  const now = contentsOf(after);
  return [
    ...compared(then.messages, now.messages, 'message', breaksOfMessage),
    ...compared(then.enums, now.enums, 'enum', breaksOfEnum),
    ...compared(then.services, now.services, 'service', breaksOfService),
  ];
}

/** By full names, wherever in the files they stand. */
function contentsOf(files) {
  const messages = new Map();
  const enums = new Map();
  const services = new Map();
  const addEnums = (list = [], prefix) => list.forEach((one) => enums.set(`${prefix}.${one.name}`, one));
  const addMessages = (list = [], prefix) =>
    list.forEach((one) => {
      const name = `${prefix}.${one.name}`;
      messages.set(name, one);
      addMessages(one.nestedType, name);
      addEnums(one.enumType, name);
    });
  for (const file of files.filter(({ package: name }) => name !== 'google.protobuf')) {
    addMessages(file.messageType, file.package);
    addEnums(file.enumType, file.package);
    (file.service ?? []).forEach((one) => services.set(`${file.package}.${one.name}`, one));
  }
  return { messages, enums, services };
}

function compared(then, now, what, breaks) {
  return [...then].flatMap(([name, one]) =>
    now.has(name) ? breaks(name, one, now.get(name)) : [`the ${what} ${name} has gone`],
  );
}

const TYPES = 'double float int64 uint64 int32 fixed64 fixed32 bool string group message bytes uint32 enum sfixed32 sfixed64 sint32 sint64'; // prettier-ignore
const typeOf = ({ type, typeName = '' }) => (typeName ? typeName.replace(/^\./, '') : TYPES.split(' ')[type - 1]);
const countOf = ({ label, proto3Optional }) => (label === 3 ? 'repeated' : proto3Optional ? 'optional' : 'single');
/** The oneof a field is one of; the one behind `optional` is none of the author's. */
const choiceOf = ({ oneofIndex, proto3Optional }, { oneofDecl = [] }) =>
  oneofIndex === undefined || proto3Optional ? '' : oneofDecl[oneofIndex].name;

function breaksOfMessage(message, then, now) {
  const numbers = new Map((now.field ?? []).map((field) => [field.number, field]));
  return (then.field ?? []).flatMap((before) => {
    const place = `${message}.${before.name}`;
    const after = numbers.get(before.number);
    if (!after) return [`the field ${place} with the number ${before.number} has gone`];
    return [
      ...changed(`the name of the field ${place}`, before.name, after.name),
      ...changed(`the type of the field ${place}`, typeOf(before), typeOf(after)),
      ...changed(`how often the field ${place} is there`, countOf(before), countOf(after)),
      ...changed(`the oneof of the field ${place}`, choiceOf(before, then), choiceOf(after, now)),
    ];
  });
}

function breaksOfEnum(name, then, now) {
  const values = new Map((now.value ?? []).map((value) => [value.number ?? 0, value.name]));
  return (then.value ?? []).flatMap((before) => {
    const number = before.number ?? 0;
    if (!values.has(number)) return [`the value ${name}.${before.name} with the number ${number} has gone`];
    return changed(`the name of the value ${name}.${before.name}`, before.name, values.get(number));
  });
}

const sidesOf = ({ clientStreaming, serverStreaming }) =>
  `${clientStreaming ? 'a stream' : 'one'} for ${serverStreaming ? 'a stream' : 'one'}`;

function breaksOfService(name, then, now) {
  const methods = new Map((now.method ?? []).map((method) => [method.name, method]));
  return (then.method ?? []).flatMap((before) => {
    const place = `${name}.${before.name}`;
    const after = methods.get(before.name);
    if (!after) return [`the method ${place} has gone`];
    return [
      ...changed(`what ${place} is asked with`, before.inputType, after.inputType),
      ...changed(`what ${place} answers with`, before.outputType, after.outputType),
      ...changed(`how many messages ${place} takes and gives`, sidesOf(before), sidesOf(after)),
    ];
  });
}

const changed = (what, before, after) =>
  before === after ? [] : [`${what} was ${before || 'none'} and is ${after || 'none'}`];
