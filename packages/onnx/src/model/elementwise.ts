/** The operators without attributes. */
export type Elementwise =
  | 'Abs'
  | 'Add'
  | 'And'
  | 'Ceil'
  | 'Div'
  | 'Equal'
  | 'Exp'
  | 'Floor'
  | 'Greater'
  | 'GreaterOrEqual'
  | 'IsInf'
  | 'IsNaN'
  | 'Less'
  | 'LessOrEqual'
  | 'Log'
  | 'Max'
  | 'Min'
  | 'Mul'
  | 'Neg'
  | 'Not'
  | 'Or'
  | 'Pow'
  | 'Sign'
  | 'Sqrt'
  | 'Sub'
  | 'Tanh'
  | 'Where';

/** A value of the graph, by its name; a plain number becomes a constant of the working type. */
export type Value = string | number;
