const planNames: Readonly<Record<string, string>> = {
  free: "Free",
  individual: "Pro",
  individual_pro: "Pro+",
  business: "Business",
  enterprise: "Enterprise",
};

/** GitHub's public name of a Copilot plan; the raw one if it is new to us. */
export function mapPlanName(plan: string): string {
  return planNames[plan] ?? plan;
}
