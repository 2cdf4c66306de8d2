// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface ListKeysRequest {
  prefix?: string;
}

export interface ListKeysRequest__Output {
  prefix: string;
}
