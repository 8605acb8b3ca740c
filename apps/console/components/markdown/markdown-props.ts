export interface MarkdownProps {
  text: string;
  /** More is coming: what is unfinished stays plain. */
  isStreaming?: boolean;
}
