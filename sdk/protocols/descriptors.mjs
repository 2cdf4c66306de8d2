// What the .proto files of a folder say, as the descriptors protoc would make of them, and as protobufjs keeps it.
import { createRequire } from 'node:module';
import path from 'node:path';
import protobuf from 'protobufjs';

// Its own exports name the folder, which an ES module may not import.
const { FileDescriptorSet } = createRequire(import.meta.url)('protobufjs/ext/descriptor');

export const PROTOCOLS = [
  'bailiwick/plugin/v2/plugin.proto',
  'bailiwick/plugin/v2/host.proto',
  'nebula/plugin/v1/plugin_api_v1.proto',
];

const SCALARS = {
  double: 1,
  float: 2,
  int64: 3,
  uint64: 4,
  int32: 5,
  fixed64: 6,
  fixed32: 7,
  bool: 8,
  string: 9,
  bytes: 12,
  uint32: 13,
  sfixed32: 15,
  sfixed64: 16,
  sint32: 17,
  sint64: 18,
};
const MESSAGE = 11;
const ENUM = 14;
const OPTIONAL = 1;
const REPEATED = 3;

/** protobufjs brings these with it, without the names of their files. */
const WELL_KNOWN = {
  Empty: 'google/protobuf/empty.proto',
  Struct: 'google/protobuf/struct.proto',
  Value: 'google/protobuf/struct.proto',
  NullValue: 'google/protobuf/struct.proto',
  ListValue: 'google/protobuf/struct.proto',
};

const inCamelCase = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

function load(folder, files, options) {
  const root = new protobuf.Root();
  root.resolvePath = (_, target) => (path.isAbsolute(target) ? target : path.join(folder, target));
  root.loadSync(files, options);
  root.resolveAll();
  return root;
}

/** As the SDK and its types have it: names in camel case. */
export const protocolsAsJson = (folder, files = PROTOCOLS) => load(folder, files, {}).toJSON();

/** As protoc writes it: `--include_imports --descriptor_set_out`. */
export function descriptorSetOf(folder, files = PROTOCOLS) {
  const root = load(folder, files, { keepCase: true });
  const byFile = new Map();
  const visit = (namespace) => {
    for (const one of namespace.nestedArray) {
      const file = namespace.fullName === '.google.protobuf' ? WELL_KNOWN[one.name] : one.filename;
      if (file) {
        const name = path.isAbsolute(file) ? path.relative(folder, file) : file;
        if (!byFile.has(name)) byFile.set(name, { name, package: namespace.fullName.slice(1), objects: [] });
        byFile.get(name).objects.push(one);
      } else if (one instanceof protobuf.Namespace) visit(one);
    }
  };
  visit(root);
  const of = [...byFile.values()].map((file) => fileOf(file, byFile));
  // What is imported stands before what imports it.
  return of.sort((a, b) => a.dependency.length - b.dependency.length || a.name.localeCompare(b.name));
}

export const encode = (files) => Buffer.from(FileDescriptorSet.encode({ file: files }).finish());
export const decode = (bytes) =>
  FileDescriptorSet.toObject(FileDescriptorSet.decode(bytes), { enums: Number, longs: Number, defaults: false }).file;

function fileOf({ name, package: packageName, objects }, byFile) {
  const used = new Set(objects.flatMap(typesUsed));
  const dependency = [...byFile.values()]
    .filter((other) => other.name !== name && other.objects.some((one) => used.has(one)))
    .map((other) => other.name)
    .sort();
  return {
    name,
    package: packageName,
    dependency,
    messageType: objects.filter((one) => one instanceof protobuf.Type).map(messageOf),
    enumType: objects.filter((one) => one instanceof protobuf.Enum).map(enumOf),
    service: objects.filter((one) => one instanceof protobuf.Service).map(serviceOf),
    syntax: 'proto3',
  };
}

/** The outermost types that something of a file refers to. */
function typesUsed(object) {
  const outermost = (type) => (type.parent instanceof protobuf.Type ? outermost(type.parent) : type);
  if (object instanceof protobuf.Service)
    return object.methodsArray.flatMap((method) => [method.resolvedRequestType, method.resolvedResponseType]);
  if (!(object instanceof protobuf.Type)) return [];
  const own = object.fieldsArray.flatMap((field) => (field.resolvedType ? [outermost(field.resolvedType)] : []));
  return [...own, ...object.nestedArray.flatMap(typesUsed)];
}

function messageOf(type) {
  const real = type.oneofsArray.filter((one) => !one.isProto3Optional);
  const oneofs = [...real, ...type.oneofsArray.filter((one) => one.isProto3Optional)];
  const maps = type.fieldsArray.filter((field) => field.map);
  return {
    name: type.name,
    field: type.fieldsArray.map((field) => fieldOf(field, oneofs)),
    nestedType: [
      ...maps.map(mapEntryOf),
      ...type.nestedArray.filter((one) => one instanceof protobuf.Type).map(messageOf),
    ],
    enumType: type.nestedArray.filter((one) => one instanceof protobuf.Enum).map(enumOf),
    oneofDecl: oneofs.map(({ name }) => ({ name })),
    reservedRange: (type.reserved ?? []).filter(Array.isArray).map(([start, end]) => ({ start, end: end + 1 })),
    reservedName: (type.reserved ?? []).filter((one) => typeof one === 'string'),
  };
}

const entryName = (field) => {
  const name = inCamelCase(`_${field.name}`);
  return `${name}Entry`;
};

/** What protobufjs brings with it is in camel case already. */
const inSnakeCase = ({ name, parent }) =>
  parent.fullName.startsWith('.google.protobuf.')
    ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    : name;

function fieldOf(field, oneofs) {
  const shared = { name: inSnakeCase(field), number: field.id, jsonName: inCamelCase(field.name) };
  if (field.map) {
    const typeName = `${field.parent.fullName}.${entryName(field)}`;
    return { ...shared, label: REPEATED, type: MESSAGE, typeName };
  }
  const oneof = field.partOf ? { oneofIndex: oneofs.indexOf(field.partOf) } : {};
  const optional = field.partOf?.isProto3Optional ? { proto3Optional: true } : {};
  return { ...shared, label: field.repeated ? REPEATED : OPTIONAL, ...typeOf(field), ...oneof, ...optional };
}

function typeOf({ type, resolvedType }) {
  if (resolvedType instanceof protobuf.Enum) return { type: ENUM, typeName: resolvedType.fullName };
  if (resolvedType) return { type: MESSAGE, typeName: resolvedType.fullName };
  return { type: SCALARS[type] };
}

const mapEntryOf = (field) => ({
  name: entryName(field),
  field: [
    { name: 'key', number: 1, label: OPTIONAL, type: SCALARS[field.keyType], jsonName: 'key' },
    { name: 'value', number: 2, label: OPTIONAL, ...typeOf(field), jsonName: 'value' },
  ],
  options: { mapEntry: true },
});

const enumOf = (one) => ({
  name: one.name,
  value: Object.entries(one.values).map(([name, number]) => ({ name, number })),
});

const serviceOf = (service) => ({
  name: service.name,
  method: service.methodsArray.map((method) => ({
    name: method.name,
    inputType: method.resolvedRequestType.fullName,
    outputType: method.resolvedResponseType.fullName,
    clientStreaming: method.requestStream || undefined,
    serverStreaming: method.responseStream || undefined,
  })),
});
