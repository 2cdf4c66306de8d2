// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface SetValueRequest {
  key?: string;
  value?: Buffer | Uint8Array | string;
}

export interface SetValueRequest__Output {
  key: string;
  value: Buffer;
}
