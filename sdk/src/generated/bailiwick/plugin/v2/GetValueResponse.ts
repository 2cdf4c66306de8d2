// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface GetValueResponse {
  isThere?: boolean;
  value?: Buffer | Uint8Array | string;
}

export interface GetValueResponse__Output {
  isThere: boolean;
  value: Buffer;
}
