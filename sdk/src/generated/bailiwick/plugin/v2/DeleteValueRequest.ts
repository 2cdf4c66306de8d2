// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface DeleteValueRequest {
  key?: string;
}

export interface DeleteValueRequest__Output {
  key: string;
}
