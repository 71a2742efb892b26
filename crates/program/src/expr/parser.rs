//! From text to trees, by recursive descent.

use num_bigint::{BigInt, Sign};

use super::lexer::{Lexer, Token};
use super::{CairoType, Expr, Reg, TupleItem};
use crate::big_const::BigConst;

/// How deep trees may nest. References of real programs stay below ten.
const MAX_DEPTH: u32 = 200;

/// The most characters of a short string (cairo-lang's `DEFAULT_SHORT_STRING_MAX_LENGTH`).
const SHORT_STRING_MAX: usize = 31;

/// Why a text is no expression or type. Columns count bytes, from 1.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ExprError {
    /// Something else should be here.
    #[error("Unexpected {found} at column {column}. Expected: {expected}.")]
    Unexpected {
        /// What is here.
        found: String,
        /// Where it begins.
        column: usize,
        /// What could be.
        expected: &'static str,
    },
    /// The text nests deeper than anything a compiler writes.
    #[error("The expression is nested too deeply at column {column}.")]
    TooDeep {
        /// Where the limit is passed.
        column: usize,
    },
    /// A number or short string that is too long.
    #[error("The number at column {column} is too large.")]
    TooLarge {
        /// Where it begins.
        column: usize,
    },
}

/// Reads an expression, such as `[cast(fp + (-3), felt*)]`.
///
/// # Errors
/// When the text is none, or nests too deep.
pub fn parse_expr(text: &str) -> Result<Expr, ExprError> {
    let mut parser = Parser::new(text);
    let (expr, _) = parser.sum()?;
    parser.end("operator or end of text")?;
    Ok(expr)
}

/// Reads a type, such as `(a: felt, b: __main__.T*)`.
///
/// # Errors
/// When the text is none, or nests too deep.
pub fn parse_type(text: &str) -> Result<CairoType, ExprError> {
    let mut parser = Parser::new(text);
    let (cairo_type, _) = parser.cairo_type()?;
    parser.end("'*' or end of text")?;
    Ok(cairo_type)
}

/// A tree and its height: chains of operators grow as deep as parentheses do.
type Tree<T> = Result<(T, u32), ExprError>;

struct Parser<'a> {
    lexer: Lexer<'a>,
    at: usize,
    token: Token<'a>,
    /// How many brackets and signs are open.
    open: u32,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        let mut lexer = Lexer::new(text);
        let (at, token) = lexer.next();
        Self { lexer, at, token, open: 0 }
    }

    fn advance(&mut self) {
        (self.at, self.token) = self.lexer.next();
    }

    /// Goes behind `sign` if it is next.
    fn eat(&mut self, sign: char) -> bool {
        let hit = self.token == Token::Sign(sign);
        if hit {
            self.advance();
        }
        hit
    }

    fn expect(&mut self, sign: char, expected: &'static str) -> Result<(), ExprError> {
        if self.eat(sign) { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    fn end(&self, expected: &'static str) -> Result<(), ExprError> {
        if self.token == Token::End { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    fn unexpected(&self, expected: &'static str) -> ExprError {
        let found = match self.token {
            Token::End => "end of text".to_owned(),
            Token::DoubleStar => "'**'".to_owned(),
            Token::Sign(sign) => format!("{sign:?}"),
            Token::Number(text) | Token::ShortString(text) | Token::Word(text) => {
                format!("'{}'", text.chars().take(40).collect::<String>())
            }
        };
        ExprError::Unexpected { found, column: self.at + 1, expected }
    }

    fn grown(&self, height: u32) -> Result<u32, ExprError> {
        if height < MAX_DEPTH {
            Ok(height + 1)
        } else {
            Err(ExprError::TooDeep { column: self.at + 1 })
        }
    }

    /// Runs `parse` one level further in.
    fn inside<T>(&mut self, parse: impl FnOnce(&mut Self) -> Tree<T>) -> Tree<T> {
        self.open = self.grown(self.open)?;
        let tree = parse(self);
        self.open -= 1;
        tree
    }

    fn unary_tree(&self, make: fn(Box<Expr>) -> Expr, (inner, height): (Expr, u32)) -> Tree<Expr> {
        Ok((make(Box::new(inner)), self.grown(height)?))
    }

    fn binary_tree(
        &self,
        make: fn(Box<Expr>, Box<Expr>) -> Expr,
        (a, left): (Expr, u32),
        (b, right): (Expr, u32),
    ) -> Tree<Expr> {
        Ok((make(Box::new(a), Box::new(b)), self.grown(left.max(right))?))
    }

    fn sum(&mut self) -> Tree<Expr> {
        let mut tree = self.product()?;
        loop {
            let make = match self.token {
                Token::Sign('+') => Expr::Add,
                Token::Sign('-') => Expr::Sub,
                _ => return Ok(tree),
            };
            self.advance();
            let right = self.product()?;
            tree = self.binary_tree(make, tree, right)?;
        }
    }

    fn product(&mut self) -> Tree<Expr> {
        let mut tree = self.unary()?;
        loop {
            let make = match self.token {
                Token::Sign('*') => Expr::Mul,
                Token::Sign('/') => Expr::Div,
                _ => return Ok(tree),
            };
            self.advance();
            let right = self.unary()?;
            tree = self.binary_tree(make, tree, right)?;
        }
    }

    fn unary(&mut self) -> Tree<Expr> {
        if self.eat('-') {
            return match self.inside(Self::unary)? {
                (Expr::Const(number), height) if !number.is_negative() => {
                    Ok((Expr::Const(number.negated()), height))
                }
                inner => self.unary_tree(Expr::Neg, inner),
            };
        }
        if self.eat('&') {
            let inner = self.inside(Self::unary)?;
            return self.unary_tree(Expr::AddressOf, inner);
        }
        self.power()
    }

    fn power(&mut self) -> Tree<Expr> {
        let base = self.postfix()?;
        if self.token != Token::DoubleStar {
            return Ok(base);
        }
        self.advance();
        let exponent = self.inside(Self::power)?;
        self.binary_tree(Expr::Pow, base, exponent)
    }

    /// An atom with subscripts and members behind it.
    fn postfix(&mut self) -> Tree<Expr> {
        let mut tree = self.atom()?;
        loop {
            if self.eat('[') {
                let index = self.inside(Self::sum)?;
                self.expect(']', "']'")?;
                tree = self.binary_tree(Expr::Subscript, tree, index)?;
            } else if self.eat('.') {
                let Token::Word(member) = self.token else {
                    return Err(self.unexpected("name"));
                };
                self.advance();
                tree = match tree {
                    (Expr::Identifier(name), height) => {
                        (Expr::Identifier(format!("{name}.{member}")), height)
                    }
                    (inner, height) => {
                        (Expr::Dot(Box::new(inner), member.to_owned()), self.grown(height)?)
                    }
                };
            } else {
                return Ok(tree);
            }
        }
    }

    fn atom(&mut self) -> Tree<Expr> {
        const EXPECTED: &str = "expression";
        let column = self.at + 1;
        let leaf = match self.token {
            Token::Number(text) => {
                let number = text.parse().map_err(|error| match error {
                    crate::ParseBigConstError::TooLarge => ExprError::TooLarge { column },
                    crate::ParseBigConstError::Invalid => self.unexpected(EXPECTED),
                })?;
                Expr::Const(number)
            }
            Token::ShortString(text) if !text.is_ascii() => return Err(self.unexpected(EXPECTED)),
            Token::ShortString(text) if text.len() > SHORT_STRING_MAX => {
                return Err(ExprError::TooLarge { column });
            }
            Token::ShortString(text) => {
                let number = BigInt::from_bytes_be(Sign::Plus, text.as_bytes());
                Expr::Const(BigConst::from(number))
            }
            Token::Word("ap") => Expr::Reg(Reg::Ap),
            Token::Word("fp") => Expr::Reg(Reg::Fp),
            Token::Word("cast") => return self.inside(Self::cast),
            Token::Word("felt" | "codeoffset" | "new" | "nondet") => {
                return Err(self.unexpected(EXPECTED));
            }
            Token::Word(name) => Expr::Identifier(name.to_owned()),
            Token::Sign('[') => {
                self.advance();
                let inner = self.inside(Self::sum)?;
                self.expect(']', "operator or ']'")?;
                return self.unary_tree(Expr::Deref, inner);
            }
            Token::Sign('(') => {
                self.advance();
                return self.inside(Self::parenthesised);
            }
            _ => return Err(self.unexpected(EXPECTED)),
        };
        self.advance();
        Ok((leaf, 1))
    }

    fn cast(&mut self) -> Tree<Expr> {
        self.advance();
        self.expect('(', "'('")?;
        let (inner, height) = self.sum()?;
        self.expect(',', "operator or ','")?;
        let (cairo_type, type_height) = self.cairo_type()?;
        self.eat(',');
        self.expect(')', "'*' or ')'")?;
        Ok((Expr::Cast(Box::new(inner), cairo_type), self.grown(height.max(type_height))?))
    }

    /// What is behind an opening parenthesis: one expression, or a tuple's places.
    fn parenthesised(&mut self) -> Tree<Expr> {
        let mut places = Vec::new();
        let mut height = 0;
        let mut comma = false;
        while !self.eat(')') {
            if !places.is_empty() && !comma {
                return Err(self.unexpected("operator, ',' or ')'"));
            }
            let (mut value, mut tall) = self.sum()?;
            let mut name = None;
            if self.token == Token::Sign('=') {
                match value {
                    Expr::Identifier(word) if !word.contains('.') => name = Some(word),
                    _ => return Err(self.unexpected("',' or ')'")),
                }
                self.advance();
                (value, tall) = self.sum()?;
            }
            height = height.max(tall);
            places.push((name, value));
            comma = self.eat(',');
        }
        match places.as_slice() {
            [(None, _)] if !comma => {}
            _ => return Ok((Expr::Tuple(places), self.grown(height)?)),
        }
        // Exactly one place is there; the loop has nothing else to give.
        places.pop().map(|(_, inner)| (inner, height)).ok_or_else(|| self.unexpected("expression"))
    }

    fn cairo_type(&mut self) -> Tree<CairoType> {
        let tree = match self.token {
            Token::Sign('(') => {
                self.advance();
                self.inside(Self::tuple_type)?
            }
            Token::Word(_) => (self.named_type()?, 1),
            _ => return Err(self.unexpected("type")),
        };
        self.pointers(tree)
    }

    fn named_type(&mut self) -> Result<CairoType, ExprError> {
        let Token::Word(word) = self.token else { return Err(self.unexpected("type")) };
        match word {
            "ap" | "fp" | "cast" | "new" | "nondet" => return Err(self.unexpected("type")),
            _ => self.advance(),
        }
        Ok(match word {
            "felt" => CairoType::Felt,
            "codeoffset" => CairoType::CodeOffset,
            _ => {
                let mut name = word.to_owned();
                while self.eat('.') {
                    let Token::Word(part) = self.token else {
                        return Err(self.unexpected("name"));
                    };
                    name.push('.');
                    name.push_str(part);
                    self.advance();
                }
                CairoType::Struct(name)
            }
        })
    }

    /// The stars behind a type.
    fn pointers(&mut self, mut tree: (CairoType, u32)) -> Tree<CairoType> {
        loop {
            let stars = match self.token {
                Token::Sign('*') => 1,
                Token::DoubleStar => 2,
                _ => return Ok(tree),
            };
            for _ in 0..stars {
                tree = (tree.0.pointer(), self.grown(tree.1)?);
            }
            self.advance();
        }
    }

    /// What is behind a tuple type's opening parenthesis.
    fn tuple_type(&mut self) -> Tree<CairoType> {
        let mut items = Vec::new();
        let mut height = 0;
        let mut comma = true;
        while !self.eat(')') {
            if !comma {
                return Err(self.unexpected("'*', ',' or ')'"));
            }
            let (mut cairo_type, mut tall) = self.cairo_type()?;
            let mut name = None;
            if self.token == Token::Sign(':') {
                match cairo_type {
                    CairoType::Struct(word) if !word.contains('.') => name = Some(word),
                    _ => return Err(self.unexpected("'*', ',' or ')'")),
                }
                self.advance();
                (cairo_type, tall) = self.cairo_type()?;
            }
            height = height.max(tall);
            items.push(TupleItem { name, cairo_type });
            comma = self.eat(',');
        }
        Ok((CairoType::Tuple(items), self.grown(height)?))
    }
}
