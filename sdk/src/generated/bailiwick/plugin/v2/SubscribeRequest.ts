// Original file: ../proto/bailiwick/plugin/v2/host.proto

export interface SubscribeRequest {
  kinds?: string[];
}

export interface SubscribeRequest__Output {
  kinds: string[];
}
