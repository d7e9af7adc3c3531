/** The name of the union of all instances, used for instances that are not registered. */
export const familyName = "family";
