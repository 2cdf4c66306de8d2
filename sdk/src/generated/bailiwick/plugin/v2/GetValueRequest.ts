// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface GetValueRequest {
  key?: string;
}

export interface GetValueRequest__Output {
  key: string;
}
