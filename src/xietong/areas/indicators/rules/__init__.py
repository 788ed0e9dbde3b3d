"""Pure rules of indicators: formulas, lights, forecasts, and the balance of compulsory education."""
