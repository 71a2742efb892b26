//! Statements.

use rustpython_ruff_python_ast::{self as ast, Expr, Stmt};

use super::super::node::{For, Node, Operator, Slot, Statement, Target, While};
use super::{Host, Low, Lower, Lowered, is_host, is_python, is_special, reject};
use crate::Import;

impl Lower<'_> {
    /// The statements of the text itself, of which the last may be one that can't be taken back.
    pub(super) fn hint(&mut self, body: &[Stmt]) -> Lowered<Vec<Statement>> {
        let mut statements = Vec::with_capacity(body.len());
        for (at, statement) in body.iter().enumerate() {
            if let Some(rule) = self.relocation_rule(statement)? {
                if at + 1 != body.len() {
                    return reject("a relocation rule before the end");
                }
                statements.push(rule);
            } else {
                self.statement(statement, &mut statements)?;
            }
        }
        Ok(statements)
    }

    fn block(&mut self, body: &[Stmt]) -> Lowered<Vec<Statement>> {
        let mut statements = Vec::with_capacity(body.len());
        for statement in body {
            self.statement(statement, &mut statements)?;
        }
        Ok(statements)
    }

    fn statement(&mut self, statement: &Stmt, out: &mut Vec<Statement>) -> Lowered<()> {
        self.deeper(|lower| match statement {
            Stmt::Import(import) => lower.import(import, out),
            Stmt::ImportFrom(import) => lower.import_from(import, out),
            Stmt::Delete(deleted) => lower.delete(deleted, out),
            Stmt::Pass(_) => Ok(()),
            other => {
                let lowered = lower.simple(other)?;
                out.push(lowered);
                Ok(())
            }
        })
    }

    fn simple(&mut self, statement: &Stmt) -> Lowered<Statement> {
        Ok(match statement {
            Stmt::Expr(expression) => {
                // A text between the statements is a comment.
                if let Expr::StringLiteral(_) = &*expression.value {
                    return Ok(Statement::If(Vec::new(), Vec::new()));
                }
                // Bootloaders have hints that are names and no Python.
                if expression.value.is_name_expr() {
                    return reject("a name alone");
                }
                Statement::Expression(self.value(&expression.value)?)
            }
            Stmt::Assign(assign) => {
                let value = self.value(&assign.value)?;
                let targets: Lowered<Vec<_>> =
                    assign.targets.iter().map(|target| self.target(target)).collect();
                Statement::Assign(value, targets?)
            }
            Stmt::AugAssign(assign) => {
                let target = self.target(&assign.target)?;
                if !matches!(target, Target::Name(_) | Target::Item(..) | Target::CurrentPointer(_))
                {
                    return reject("an augmented assignment to a cell");
                }
                Statement::Augment(target, operator(assign.op)?, self.value(&assign.value)?)
            }
            Stmt::If(branch) => self.branch(branch)?,
            Stmt::For(one) => self.for_loop(one)?,
            Stmt::While(one) => self.while_loop(one)?,
            Stmt::Break(_) if self.loops > 0 => Statement::Break,
            Stmt::Continue(_) if self.loops > 0 => Statement::Continue,
            // What it says is found out by the interpreter.
            Stmt::Assert(assert) => Statement::Assert(self.value(&assert.test)?),
            Stmt::Raise(_) => Statement::Raise,
            Stmt::FunctionDef(_) => return reject("a function definition"),
            Stmt::AnnAssign(_) => return reject("an annotation"),
            Stmt::With(_) => return reject("with"),
            Stmt::Try(_) => return reject("try"),
            _ => return reject("another statement"),
        })
    }

    /// The statements of a branch. A method call that is not known is left to the interpreter if it
    /// is ever reached: hints guard some that way.
    fn guarded(&mut self, body: &[Stmt]) -> Lowered<Vec<Statement>> {
        let mut statements = Vec::with_capacity(body.len());
        for statement in body {
            let (depth, inner) = (self.depth, self.inner.len());
            let known = self.statement(statement, &mut statements);
            let Err(obstacle) = known else { continue };
            let is_method = matches!(
                statement,
                Stmt::Expr(ast::StmtExpr { value, .. })
                    if matches!(&**value, Expr::Call(call) if call.func.is_attribute_expr())
            );
            if !is_method || !obstacle.starts_with("the method") {
                return Err(obstacle);
            }
            self.depth = depth;
            self.inner.truncate(inner);
            statements.push(Statement::Raise);
            break;
        }
        Ok(statements)
    }

    fn branch(&mut self, branch: &ast::StmtIf) -> Lowered<Statement> {
        let mut tests = vec![(self.value(&branch.test)?, self.guarded(&branch.body)?)];
        let mut otherwise = Vec::new();
        for clause in &branch.elif_else_clauses {
            match &clause.test {
                Some(test) => tests.push((self.value(test)?, self.block(&clause.body)?)),
                None => otherwise = self.block(&clause.body)?,
            }
        }
        Ok(Statement::If(tests, otherwise))
    }

    fn for_loop(&mut self, one: &ast::StmtFor) -> Lowered<Statement> {
        if one.is_async {
            return reject("async");
        }
        let over = self.series(&one.iter)?;
        let target = self.target(&one.target)?;
        let before = self.nodes;
        let body = self.loop_body(&one.body)?;
        let weight = self.nodes - before + 1;
        let otherwise = self.block(&one.orelse)?;
        Ok(Statement::For(Box::new(For { target, over, body, otherwise, weight })))
    }

    fn while_loop(&mut self, one: &ast::StmtWhile) -> Lowered<Statement> {
        let before = self.nodes;
        let test = self.value(&one.test)?;
        let body = self.loop_body(&one.body)?;
        let weight = self.nodes - before + 1;
        let otherwise = self.block(&one.orelse)?;
        Ok(Statement::While(Box::new(While { test, body, otherwise, weight })))
    }

    fn loop_body(&mut self, body: &[Stmt]) -> Lowered<Vec<Statement>> {
        self.loops += 1;
        let body = self.block(body);
        self.loops -= 1;
        body
    }

    fn import(&mut self, import: &ast::StmtImport, out: &mut Vec<Statement>) -> Lowered<()> {
        for alias in &import.names {
            let module = alias.name.as_str();
            if module.contains('.') && alias.asname.is_none() {
                return reject(format!("import {module}"));
            }
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            self.bind_import(module, "", name.as_str(), out)?;
        }
        Ok(())
    }

    fn import_from(
        &mut self,
        import: &ast::StmtImportFrom,
        out: &mut Vec<Statement>,
    ) -> Lowered<()> {
        let Some(module) = import.module.as_ref().filter(|_| import.level == 0) else {
            return reject("a relative import");
        };
        for alias in &import.names {
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            self.bind_import(module.as_str(), alias.name.as_str(), name.as_str(), out)?;
        }
        Ok(())
    }

    fn bind_import(
        &mut self,
        module: &str,
        what: &str,
        name: &str,
        out: &mut Vec<Statement>,
    ) -> Lowered<()> {
        let Some(import) = Import::find(module, what) else {
            return reject(format!("the import {module} {what}"));
        };
        // The host has this very function under this name, and takes the name out after the hint.
        if (module, what, name) == ("starkware.python.math_utils", "safe_div", "safe_div") {
            return Ok(());
        }
        let slot = self.assignable(name)?;
        out.push(Statement::Import(slot, import));
        Ok(())
    }

    fn delete(&mut self, deleted: &ast::StmtDelete, out: &mut Vec<Statement>) -> Lowered<()> {
        for target in &deleted.targets {
            let Expr::Name(name) = target else {
                return reject("del of something else than a name");
            };
            let slot = self.assignable(name.id.as_str())?;
            out.push(Statement::Delete(slot));
        }
        Ok(())
    }

    /// A variable that the text may set.
    fn assignable(&mut self, name: &str) -> Lowered<Slot> {
        if is_host(name) || is_python(name) || is_special(name) {
            return reject(format!("assignment to {name}"));
        }
        self.variable(name)
    }

    /// What is assigned to.
    pub(super) fn target(&mut self, target: &Expr) -> Lowered<Target> {
        self.deeper(|lower| match target {
            Expr::Name(name) => {
                let name = name.id.as_str();
                match lower.inner.iter().rev().find(|(known, _)| known == name) {
                    Some((_, slot)) => Ok(Target::Name(*slot)),
                    None => Ok(Target::Name(lower.assignable(name)?)),
                }
            }
            Expr::Tuple(tuple) => lower.targets(&tuple.elts),
            Expr::List(list) => lower.targets(&list.elts),
            Expr::Attribute(attribute) => lower.attribute_target(attribute),
            Expr::Subscript(subscript) => match lower.expression(&subscript.value)? {
                Low::Host(Host::Memory) => Ok(lower.cell_target(&subscript.slice)?),
                Low::Node(container) => {
                    if let Expr::Slice(_) = &*subscript.slice {
                        return reject("assignment to a slice");
                    }
                    Ok(Target::Item(container, lower.value(&subscript.slice)?))
                }
                _ => reject("assignment to an element of something"),
            },
            _ => reject("assignment to something"),
        })
    }

    fn cell_target(&mut self, address: &Expr) -> Lowered<Target> {
        Ok(match self.value(address)? {
            Node::Offset(base, by) => Target::Cell(*base, by),
            other => Target::Cell(other, 0),
        })
    }

    fn targets(&mut self, all: &[Expr]) -> Lowered<Target> {
        let targets: Lowered<Vec<_>> = all.iter().map(|one| self.target(one)).collect();
        Ok(Target::Tuple(targets?))
    }

    /// Notes the names that a statement of the hint sets, wherever it stands.
    pub(super) fn collect_assigned(&mut self, statement: &Stmt) -> Lowered<()> {
        let blocks: Vec<&[Stmt]> = match statement {
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.assigned.push(name.as_str().to_owned());
                }
                return Ok(());
            }
            Stmt::If(branch) => std::iter::once(branch.body.as_slice())
                .chain(branch.elif_else_clauses.iter().map(|clause| clause.body.as_slice()))
                .collect(),
            Stmt::For(one) => vec![&one.body, &one.orelse],
            Stmt::While(one) => vec![&one.body, &one.orelse],
            _ => return Ok(()),
        };
        self.deeper(|lower| {
            blocks.into_iter().flatten().try_for_each(|inner| lower.collect_assigned(inner))
        })
    }

    /// `memory.add_relocation_rule(src_ptr=…, dest_ptr=…)`
    fn relocation_rule(&mut self, statement: &Stmt) -> Lowered<Option<Statement>> {
        let Stmt::Expr(expression) = statement else { return Ok(None) };
        let Expr::Call(call) = &*expression.value else { return Ok(None) };
        let Expr::Attribute(method) = &*call.func else { return Ok(None) };
        let is_memory = matches!(&*method.value, Expr::Name(name) if name.id.as_str() == "memory");
        if !is_memory || method.attr.as_str() != "add_relocation_rule" {
            return Ok(None);
        }
        let [source, target]: [Option<&Expr>; 2] =
            super::calls::bind(["src_ptr", "dest_ptr"], &call.arguments)?;
        let (Some(source), Some(target)) = (source, target) else {
            return reject("arguments of add_relocation_rule");
        };
        let (source, target): (Node, Node) = (self.value(source)?, self.value(target)?);
        Ok(Some(Statement::RelocationRule(source, target)))
    }
}

/// The operator, if it makes whole numbers of whole numbers.
pub(super) fn operator(operator: ast::Operator) -> Lowered<Operator> {
    Ok(match operator {
        ast::Operator::Add => Operator::Add,
        ast::Operator::Sub => Operator::Sub,
        ast::Operator::Mult => Operator::Mul,
        ast::Operator::FloorDiv => Operator::FloorDiv,
        ast::Operator::Mod => Operator::Mod,
        ast::Operator::Pow => Operator::Pow,
        ast::Operator::LShift => Operator::ShiftLeft,
        ast::Operator::RShift => Operator::ShiftRight,
        ast::Operator::BitAnd => Operator::And,
        ast::Operator::BitOr => Operator::Or,
        ast::Operator::BitXor => Operator::Xor,
        ast::Operator::Div | ast::Operator::MatMult => return reject("division to fractions"),
    })
}
