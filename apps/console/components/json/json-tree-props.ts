export interface JsonTreeProps {
  value: object;
}
