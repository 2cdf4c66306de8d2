// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface ListKeysResponse {
  keys?: string[];
}

export interface ListKeysResponse__Output {
  keys: string[];
}
